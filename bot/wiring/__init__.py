"""What is connected with what: the services and the worker, made from the opened parts."""
