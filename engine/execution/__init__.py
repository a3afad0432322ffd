"""Runs diagrams: files to processes, processes to instances, instances to bytes."""
