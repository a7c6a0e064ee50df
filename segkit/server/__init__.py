"""An MLflow server that several people share: on PostgreSQL, with their files behind it, and accounts."""
