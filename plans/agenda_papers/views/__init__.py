"""The pages of papers for agendas."""
