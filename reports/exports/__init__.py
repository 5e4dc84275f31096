"""What goes to other programs and to the shelf: flat tables, data packages, e-CMS, searchable PDF."""
