"""Task specs: what each kind of BPMN node does with a token."""
