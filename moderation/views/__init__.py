"""The addresses of the staff room: one module per desk. They read a form or load and show."""
