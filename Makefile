# What one does with this project. `make help` lists it; each target first installs what it lacks (Debian, Ubuntu).

CARGO ?= cargo
# release or dev
PROFILE ?= release
# Of the build of the demo.
FEATURES ?= transcribe
# What else that build makes: CI has the tests made with it, because cargo compiles much again for them alone.
ALSO ?=
TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)
BINARY := $(TARGET_DIR)/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))/afterbeep
VENV := $(TARGET_DIR)/venv
# Real speech and labelled scripts, for measuring.
SHARED := $(or $(AFTERBEEP_SHARED),../shared)

.PHONY: help demo test lint docs fixtures coach-page screens man accuracy bench bench-rehearse bench-transcription filler-weights word-odds ci

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: ## Build, lint a drafted voicemail, review a recording of it with the words that the model in models/ hears
	@.ci/install full
	@printf '\n== Building\n\n'
	@$(CARGO) build --locked --profile $(PROFILE) --features $(FEATURES) $(ALSO)
	@printf '\n== The draft\n\n'
	@sed 's/^/    /' fixtures/scripts/demo.md
	@printf '\n== What the linter says of it\n\n'
	@$(BINARY) lint fixtures/scripts/demo.md || [ $$? -eq 1 ]
	@printf '\n== How the recording of it sounds\n\n'
	@$(BINARY) review fixtures/speech/demo.wav --script fixtures/scripts/demo.md --model models/ggml-trial.en.bin

# Documentation tests come first: the last lines are then the summary of all the others.
test: ## Every test, with every feature
	@.ci/install full sound
	$(CARGO) test --locked --features full --doc
	@if $(CARGO) nextest --version >/dev/null 2>&1; then \
		set -x; $(CARGO) nextest run --locked --features full --no-fail-fast; \
	else \
		set -x; $(CARGO) test --locked --features full --all-targets --no-fail-fast; \
	fi

lint: ## Formatting and clippy, warnings denied, default and full
	@.ci/install full
	$(CARGO) fmt --check
	$(CARGO) clippy --locked --all-targets -- -D warnings
	$(CARGO) clippy --locked --all-targets --features full -- -D warnings

docs: ## The documentation of the library, warnings denied, default and full
	@.ci/install full
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --locked --no-deps
	RUSTDOCFLAGS='-D warnings' $(CARGO) doc --locked --no-deps --features full

fixtures: ## Make fixtures/speech and fixtures/signals again
	@.ci/install speech
	python3 fixtures/make.py

coach-page: ## The output and the picture in docs/coach.md, as they are now
	@.ci/install full browser
	AFTERBEEP_OVERWRITE=1 $(CARGO) test --locked --features full --test pages
	AFTERBEEP_OVERWRITE=1 AFTERBEEP_NEEDS_BROWSER=1 $(CARGO) test --locked --features full --test report_in_browser the_picture

screens: $(VENV)/ready ## The screens in docs/rehearse.md, as they are now
	@.ci/install full sound
	@$(CARGO) build --locked --release --features record
	@$(VENV)/bin/python fixtures/screens.py $(TARGET_DIR)/release/afterbeep

man: ## The man pages, into $(TARGET_DIR)/man
	@.ci/install linker
	@$(CARGO) build --locked --profile $(PROFILE)
	@$(BINARY) man $(TARGET_DIR)/man

accuracy: $(VENV)/ready ## How right it is: F0 and intensity beside Praat, syllables, script labels, filled pauses, words
	@$(if $(findstring --model,$(ARGS)),.ci/install full)
	@$(CARGO) build --locked --release $(if $(findstring --model,$(ARGS)),--features transcribe)
	@$(VENV)/bin/python benches/accuracy.py $(TARGET_DIR)/release/afterbeep $(ARGS)

bench: $(VENV)/ready ## How fast and how large it is (ARGS='--no-demo --no-typos' leaves out the slow parts)
	@$(CARGO) build --locked --release
	@$(VENV)/bin/python benches/bench.py $(TARGET_DIR)/release/afterbeep $(ARGS)

bench-rehearse: $(VENV)/ready ## What a rehearsal costs and loses: time to the scorecard, five minutes with busy cores
	@.ci/install full sound
	@$(CARGO) build --locked --release --features record
	@$(VENV)/bin/python benches/rehearse.py $(TARGET_DIR)/release/afterbeep $(ARGS)

bench-transcription: $(VENV)/ready ## What a transcription costs beside whisper.cpp by itself
	@.ci/install full
	@$(CARGO) build --locked --release --features transcribe --bins --example transcription
	@$(VENV)/bin/python benches/transcription.py $(TARGET_DIR) $(ARGS)

# Half an hour: filled pauses are made from read speech, then the networks are trained on half of the speakers.
filler-weights: $(VENV)/ready ## Train the filled-pause detector anew (needs ../shared)
	@.ci/install full speech flite
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --requirement benches/requirements-fillers.txt
	@$(CARGO) build --locked --release --example filled_pause_frames
	$(VENV)/bin/python benches/made_fillers.py --shared $(SHARED) --out $(TARGET_DIR)/made-fillers --seed 2 --variations 24
	$(VENV)/bin/python models/train/speech.py $(TARGET_DIR)/filler-calls 250 77
	$(VENV)/bin/python benches/filler_weights.py $(TARGET_DIR)/release/examples/filled_pause_frames $(TARGET_DIR)/made-fillers $(TARGET_DIR)/filler-calls/calls-77-000000.npz --shared $(SHARED)

word-odds: $(VENV)/ready ## Train anew what guesses from words: is there a reason, an order, a private matter
	@$(CARGO) build --locked --release --example word_odds
	@$(VENV)/bin/python benches/word_odds.py $(TARGET_DIR)/release/examples/word_odds

$(VENV)/ready: benches/requirements.txt
	@.ci/install linker python
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --requirement benches/requirements.txt
	@touch $@

ci: ## What is run before a change lands
	.ci/run
