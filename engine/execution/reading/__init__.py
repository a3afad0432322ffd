"""From a normalised diagram to what the engine needs to know of each node."""
