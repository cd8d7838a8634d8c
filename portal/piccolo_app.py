"""The portal as one Piccolo app, so that its migrations run in one order."""

from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

APP_CONFIG = AppConfig(
    app_name="portal",
    migrations_folder_path=str(Path(__file__).parent / "migrations"),
    table_classes=table_finder(
        [
            "portal.accounts.tables",
            "portal.companies.tables",
            "portal.agreements.tables",
        ],
        exclude_imported=True,
    ),
)
