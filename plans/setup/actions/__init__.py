"""What setting up writes."""
