"""The desk of compliance: questions to the log answered on a page, breach help, reviews and certification."""
