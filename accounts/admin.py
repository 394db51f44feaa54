"""Django's admin, for the keeper of the installation only; nothing with states or a journal is edited here."""

from django.contrib import admin

from accounts.models import Entry, Letter, School, User


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(School)
class SchoolAdmin(admin.ModelAdmin):
    list_display = ["name", "place"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    list_display = ["username", "school", "is_active", "last_login"]
    exclude = ["password", "declined"]
    search_fields = ["search_key"]


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["at", "by_label", "verb", "target_label"]


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "to", "subject", "sent_at", "tries", "error"]
