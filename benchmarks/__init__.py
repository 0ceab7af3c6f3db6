"""The measurements behind docs/benchmarks.md: `make bench`, or `python -m benchmarks --help`."""
