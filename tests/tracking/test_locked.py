"""A database file that another process has locked is waited for, longer than MLflow does by itself."""

from sqlalchemy import text


def test_every_session_waits_two_minutes(store):
    tracking = store.client._tracking_client.store
    registry = store.client._get_registry_client().store
    for kept in (tracking, registry):
        with kept.ManagedSessionMaker() as session:
            assert session.execute(text("PRAGMA busy_timeout")).scalar() == 120_000
