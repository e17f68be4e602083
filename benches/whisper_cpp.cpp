// How long whisper.cpp takes by itself: the same work as transcription.rs, in its own language.
//
//   whisper_cpp MODEL SAMPLES N AUDIO_CONTEXT MAX_TOKENS      SAMPLES: a file of 32-bit floats at 16 kHz
//
// MAX_TOKENS 0: no limit, and prints the seconds of a whole transcription, N times; otherwise of a pass of the encoder and
// so many tokens, without a second try.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

#include "whisper.h"

static void say_nothing(enum ggml_log_level, const char *, void *) {}

int main(int, char **argv) {
    whisper_log_set(say_nothing, nullptr);
    whisper_context_params context_params = whisper_context_default_params();
    // As through the bindings. On a processor it costs a quarter more time (base.en's size: 2.5 s instead of 2.0 s).
    context_params.flash_attn = false;
    whisper_context *context = whisper_init_from_file_with_params(argv[1], context_params);
    std::ifstream file(argv[2], std::ios::binary);
    std::vector<char> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const float *samples = reinterpret_cast<const float *>(bytes.data());
    const int n_samples = static_cast<int>(bytes.size() / sizeof(float));
    for (int run = 0; run < std::atoi(argv[3]); run++) {
        whisper_state *state = whisper_init_state(context);
        whisper_full_params params = whisper_full_default_params(WHISPER_SAMPLING_GREEDY);
        params.greedy.best_of = 1;
        params.n_threads = 1;
        params.token_timestamps = true;
        params.no_context = true;
        params.print_progress = false;
        params.audio_ctx = std::atoi(argv[4]);
        params.max_tokens = std::atoi(argv[5]);
        if (params.max_tokens) {
            params.temperature_inc = 0;
            params.single_segment = true;
        }
        const auto start = std::chrono::steady_clock::now();
        if (whisper_full_with_state(context, state, params, samples, n_samples) != 0) return 1;
        std::printf("%.4f\n", std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
        whisper_free_state(state);
    }
    whisper_free(context);
}
