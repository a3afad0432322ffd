"""What every release must keep, whoever draws it: a list beside the mechanism, and the proofs of it on the diagrams."""

from engine.execution.safeguarding.listed import LIST, Safeguard, SafeguardsUnreadable, read_list
from engine.execution.safeguarding.prove import Proven, breaks_of, prove, prove_files

__all__ = ["LIST", "Proven", "Safeguard", "SafeguardsUnreadable", "breaks_of", "prove", "prove_files", "read_list"]
