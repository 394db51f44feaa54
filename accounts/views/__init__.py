from accounts.views.sign_in import lockout

__all__ = ["lockout"]
