"""Send every operation of the JSON API generated requests: `make fuzz`, SEEDS="1 2 3" EXAMPLES=500.

The requests, and what is expected of the answers, stand in tests/api/test_fuzz.py, which `make test` runs with one
seed and few examples.
"""

import os
import subprocess
import sys

seeds = os.environ.get("SEEDS", "1 2 3").split()
examples = os.environ.get("EXAMPLES", "500")
failed = []
for seed in seeds:
    print(f"seed {seed}, {examples} examples for each operation", flush=True)
    command = [sys.executable, "-m", "pytest", "-n", "auto", "-q", "tests/api/test_fuzz.py", *sys.argv[1:]]
    settings = {"MASSAGE_FUZZ_SEED": seed, "MASSAGE_FUZZ_EXAMPLES": examples}
    if subprocess.run(command, env=os.environ | settings, check=False).returncode:
        failed.append(seed)
if failed:
    sys.exit(f"These seeds found something: {', '.join(failed)}")
