ALTER TABLE comments ALTER COLUMN id RESTART WITH 6;
ALTER TABLE seats ALTER COLUMN id RESTART WITH 4;
ALTER TABLE counters ALTER COLUMN id RESTART WITH 2;

ALTER TABLE articles ADD CONSTRAINT "articles' ""key""" UNIQUE (key);
ALTER TABLE stays ADD CONSTRAINT stays_apart EXCLUDE USING gist (floors WITH =, nights WITH &&);

INSERT INTO articles (id, key, title, body, tags, scores) VALUES
    (1, '00000000-0000-0000-0000-000000000001', 'Quick foxes', 'The quick brown foxes jumped', '{animal,fast}', '{1,2,3}'),
    (2, '00000000-0000-0000-0000-000000000002', 'Lazy dogs', 'A dog sleeps', '{animal}', '{}'),
    (3, '00000000-0000-0000-0000-000000000003', 'Empty', NULL, '{}', NULL);

INSERT INTO stays (id, nights, during, floors, ids, price, clock, address) VALUES
    (1, '[2026-01-01,2026-01-05)', '[2026-01-01 12:00+00,2026-01-05 10:00+00)', '[1,3]', '[10,20)', '(10.5,20.25]',
        '[2026-01-01 08:00,)', '192.168.0.17/24'),
    (2, '[2026-01-05,2026-01-09)', NULL, 'empty', '(,)', '[5,5]', '(,2026-01-01 08:00]', '2001:db8::1'),
    (3, '[2026-01-03,)', '(,2026-06-01 00:00+00)', '[7,7]', '[20,30)', '[10.5,)', 'empty', NULL);
