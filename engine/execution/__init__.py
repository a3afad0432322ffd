"""Runs diagrams: files to processes, processes to instances, instances to bytes."""

from engine.execution.catalogue import load
from engine.execution.checking.check import check
from engine.execution.failures import DamagedSnapshot, NoLongerWaiting, NothingToCorrect, StepFailed
from engine.execution.instance import Instance
from engine.execution.mechanism import Mechanism
from engine.execution.model import (
    Beginning,
    Element,
    Position,
    Process,
    RunningScope,
    Step,
    Surroundings,
    Thrown,
    WaitingCatch,
    WaitingTask,
    WaitingTimer,
    keys_fit,
)
from engine.execution.normalising.rewriting import NORMALISER_VERSION, Normalised, normalise
from engine.execution.safeguarding import (
    LIST,
    Proven,
    Safeguard,
    SafeguardsUnreadable,
    breaks_of,
    prove_files,
    read_list,
)
from engine.execution.starting import StartClock

__all__ = [
    "LIST",
    "NORMALISER_VERSION",
    "Beginning",
    "DamagedSnapshot",
    "Element",
    "Instance",
    "Mechanism",
    "NoLongerWaiting",
    "Normalised",
    "NothingToCorrect",
    "Position",
    "Process",
    "Proven",
    "RunningScope",
    "Safeguard",
    "SafeguardsUnreadable",
    "StartClock",
    "Step",
    "StepFailed",
    "Surroundings",
    "Thrown",
    "WaitingCatch",
    "WaitingTask",
    "WaitingTimer",
    "breaks_of",
    "check",
    "keys_fit",
    "load",
    "normalise",
    "prove_files",
    "read_list",
]
