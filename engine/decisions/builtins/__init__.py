"""The built-in functions of FEEL, one module for each family."""

from engine.decisions.builtins import contexts, conversions, dates, lists, numbers, ranges, statistics, strings
from engine.decisions.builtins.registry import FUNCTIONS

__all__ = ["FUNCTIONS", "contexts", "conversions", "dates", "lists", "numbers", "ranges", "statistics", "strings"]
