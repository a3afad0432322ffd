"""Tests that try to break an installation: processes that are killed, clocks that jump, databases that go away."""
