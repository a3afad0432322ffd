"""Running instances: scopes of variables, tokens, events and clocks on SpiffWorkflow's workflow and task classes."""
