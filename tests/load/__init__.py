"""Figures: run by make bench. Each bench_*.py has a main() that prints lines; ratios rather than times."""
