from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and schools")

    def ready(self):
        from django.urls import register_converter

        from accounts.converters import IdConverter

        register_converter(IdConverter, "id")
