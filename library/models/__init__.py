"""Pictures, documents and downloads."""

from .documents import LibraryDocument
from .downloads import Download, DownloadVersion, RenderedFile
from .pictures import Picture, Rendition

__all__ = ["Download", "DownloadVersion", "LibraryDocument", "Picture", "RenderedFile", "Rendition"]
