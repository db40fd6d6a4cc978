"""The average of two networks of which one was trained on from the other: it reads unknown voices better than either
(Wortsman et al. 2022, arXiv 2203.05482).

usage: mix.py NEW OLD SHARE OUT       SHARE of the new one; what the old one lacks is the new one's
"""

import sys

import torch


def main() -> None:
    new, old = (torch.load(path, map_location="cpu") for path in sys.argv[1:3])
    share, before = float(sys.argv[3]), old["network"]
    network = {}
    for name, value in new["network"].items():
        if name in before:
            network[name] = value.float().lerp(before[name].float(), 1 - share)
        else:
            # What comes back from halfway adds to what the old network is used to, so it takes part by its share.
            network[name] = value.float() * (share if name.startswith("halfway.back.") else 1)
    torch.save({"shape": new["shape"], "network": network}, sys.argv[4])


if __name__ == "__main__":
    main()
