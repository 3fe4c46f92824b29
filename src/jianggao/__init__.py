"""讲稿: raw speech texts in, an edition out."""
