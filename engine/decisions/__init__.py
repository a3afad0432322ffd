"""FEEL and DMN: what a decision model says about given inputs. Pure: no clock of its own, no files, no database."""
