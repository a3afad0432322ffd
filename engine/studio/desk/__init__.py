"""The migration desk: running cases go on with the release in force, tried before, in groups, and taken back."""
