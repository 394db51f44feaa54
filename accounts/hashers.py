from django.contrib.auth.hashers import Argon2PasswordHasher


class SchoolArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id, 46 MiB, one pass: the OWASP minimum that an old school server still bears."""

    time_cost = 1
    memory_cost = 47104  # KiB
    parallelism = 1
