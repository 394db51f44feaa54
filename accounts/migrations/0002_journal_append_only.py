# hand-written: the journal can only grow
from django.db import migrations

SQLITE = """
CREATE TRIGGER accounts_entry_no_update BEFORE UPDATE ON accounts_entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER accounts_entry_no_delete BEFORE DELETE ON accounts_entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
POSTGRES = """
CREATE FUNCTION accounts_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER accounts_entry_append_only BEFORE UPDATE OR DELETE ON accounts_entry
FOR EACH ROW EXECUTE FUNCTION accounts_entry_refuse();
"""


def add(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in SQLITE.strip().split("END;"):
                if statement.strip():
                    cursor.execute(statement + "END;")
        else:
            cursor.execute(POSTGRES)


def remove(apps, schema_editor):
    connection = schema_editor.connection
    names = ("accounts_entry_no_update", "accounts_entry_no_delete")
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in names:
                cursor.execute(f"DROP TRIGGER {name}")
        else:
            cursor.execute("DROP FUNCTION accounts_entry_refuse() CASCADE")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
