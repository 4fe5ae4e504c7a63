"""What qpdf may unpack, in the whole process: a few kilobytes must not become gigabytes."""

from pikepdf.settings import set_qpdf_limits

UNPACKED_MOST = 100 * 1024 * 1024


def limit_qpdf() -> None:
    """Set the limits. Every module calls it that reads what comes from outside."""
    set_qpdf_limits(
        flate_max_memory=UNPACKED_MOST,
        png_max_memory=UNPACKED_MOST,
        tiff_max_memory=UNPACKED_MOST,
        run_length_max_memory=UNPACKED_MOST,
        dct_max_memory=UNPACKED_MOST,
        parser_max_container_size=500_000,
    )
