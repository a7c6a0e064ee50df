"""Files that are scored with a registered model: brought, scored in a process, downloaded."""
