"""A database file that another process has locked is waited for, longer than MLflow does by itself."""

from sqlalchemy import create_engine, text


def test_every_session_waits_two_minutes(store):
    tracking = store.client._tracking_client.store
    registry = store.client._get_registry_client().store
    for kept in (tracking, registry):
        with kept.ManagedSessionMaker() as session:
            assert session.execute(text("PRAGMA busy_timeout")).scalar() == 120_000


def test_so_does_who_only_looks_whether_the_tables_are_there(store):
    engine = create_engine(store.client.tracking_uri)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 120_000
    engine.dispose()
