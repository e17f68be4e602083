"""The mean of weights that training came through: python mean.py WEIGHTS.pkl WEIGHTS.pkl … OUT.pkl

It lies in a flatter place than each of them, and hears better (Izmailov et al. 2018, "Averaging weights leads to wider
optima and better generalization", UAI).
"""

import pathlib
import pickle
import sys

import jax
import numpy as np


def main():
    *paths, out = map(pathlib.Path, sys.argv[1:])
    saved = [pickle.loads(path.read_bytes()) for path in paths]
    if any(one["used"] != saved[0]["used"] for one in saved):
        sys.exit("the weights have different vocabularies")
    weights = jax.tree.map(lambda *parts: np.mean(parts, axis=0), *(one["weights"] for one in saved))
    # Without the optimiser's state: training does not go on from here.
    kept = {name: value for name, value in saved[-1].items() if name != "state"}
    out.write_bytes(pickle.dumps({**kept, "weights": weights}))


if __name__ == "__main__":
    main()
