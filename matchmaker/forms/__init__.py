"""What a user fills in, one file per thing."""
