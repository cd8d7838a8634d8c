"""The demo world: an invented portal in use, made from the folder `sample/`."""
