"""The brain that needs no key and no network: embeddings, typed readers, and the playbook's own sentences."""
