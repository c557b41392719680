INSERT INTO users (id, email, name, bio, age, active) VALUES
    (1, 'ann@example.org', 'Ann', 'writes 100% of it', 31, TRUE),
    (2, 'bob@example.org', 'Bob', NULL, 45, FALSE),
    (3, 'zoe@example.org', 'Zoë', 'snake_case \ slash', NULL, TRUE),
    (4, 'dan@example.org', 'Dan O''Hara', NULL, 31, TRUE);

INSERT INTO threads (id, user_id, title, note, metadata, done, created_at, updated_at) VALUES
    (1, 1, 'Hello', 'first', '{"priority": "high", "tags": ["a", "b"], "owner": {"name": "Ann"}}', FALSE,
        '2026-01-15 08:30:15.250000', '2026-02-01 00:00:00.000000'),
    (2, 1, '100% sure', NULL, '{"priority": "low", "tags": []}', TRUE,
        '2026-02-28 23:59:59.999999', '2026-03-01 00:00:00.000000'),
    (3, 2, 'snake_case', 'second', '{"tags": ["b"], "it''s": {"a\"b": [10, 20]}}', FALSE,
        '2025-12-31 00:00:00.000000', '2025-12-31 00:00:00.000000'),
    (4, 3, 'Größe 🦀', NULL, '{"priority": null, "tags": ["c"], "count": 3}', FALSE,
        '2026-01-15 23:00:00.000000', '2026-01-16 00:00:00.000000');

INSERT INTO comments (id, thread_id, author_id, parent_id, body) VALUES
    (1, 1, 1, NULL, 'root'),
    (2, 1, 2, 1, 'reply'),
    (3, 1, NULL, 2, 'deep'),
    (4, 2, 2, NULL, 'alone'),
    (5, 3, 1, NULL, 'third');

INSERT INTO numbers ("id", "small", "int", "big", "real", "exact", "flag") VALUES
    (1, 7, 10, 9000000000, 1.5, '10.25', TRUE),
    (2, -7, NULL, 2, -2.5, NULL, NULL),
    (3, 0, -3, -5, 0.25, '5', FALSE),
    (4, 7, 10, 100, 3.75, '10.25', TRUE);

INSERT INTO events (id, at, ended, local, day, clock) VALUES
    (1, '2026-01-15 08:30:15.250000', '2026-01-15 10:00:00.000000', '2026-01-15 09:30:15.250000', '2026-01-15',
        '08:30:15.250000'),
    (2, '2026-02-28 23:59:59.999999', NULL, '2026-03-01 00:59:59.999999', '2026-02-28', '23:59:59.999999'),
    (3, '2024-12-31 00:00:00.000000', '2025-01-01 00:00:00.500000', '2024-12-31 01:00:00.000000', '2024-12-31',
        '00:00:00.000000');

INSERT INTO seats (id, room, number, kind, guest, gone, version) VALUES
    (1, 'red', 1, 'window', 'Ann', FALSE, 1),
    (2, 'red', 2, 'aisle', 'Bob', TRUE, 1),
    (3, 'blue', 1, 'window', NULL, FALSE, 7);

INSERT INTO counters (id, hits, label) VALUES (1, 5, 'five');
