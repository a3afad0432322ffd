"""Makes a checkout ready to run, with the standard library alone: no root, no make, nothing outside the checkout."""
