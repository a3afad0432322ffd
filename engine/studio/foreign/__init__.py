"""Files of other drawing tools: what of them is understood here, what is kept, and what has to be replaced."""

from engine.studio.foreign.report import Remark, Report, report_on

__all__ = ["Remark", "Report", "report_on"]
