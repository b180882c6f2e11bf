"""An owner's own pages, opened by a signed link: `/h/{token}`. They work without JavaScript and without cookies."""

from console.h5.routes import router

__all__ = ["router"]
