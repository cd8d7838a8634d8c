"""How fast the portal is, each figure beside the floor it stands on. `script/bench --help`."""
