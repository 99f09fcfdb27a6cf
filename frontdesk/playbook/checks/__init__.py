"""What a playbook that reads well can still get wrong: one module for each kind of mistake."""
