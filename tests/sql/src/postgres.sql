ALTER TABLE comments ALTER COLUMN id RESTART WITH 6;
ALTER TABLE seats ALTER COLUMN id RESTART WITH 4;
ALTER TABLE counters ALTER COLUMN id RESTART WITH 2;

INSERT INTO articles (id, key, title, body, tags, scores) VALUES
    (1, '00000000-0000-0000-0000-000000000001', 'Quick foxes', 'The quick brown foxes jumped', '{animal,fast}', '{1,2,3}'),
    (2, '00000000-0000-0000-0000-000000000002', 'Lazy dogs', 'A dog sleeps', '{animal}', '{}'),
    (3, '00000000-0000-0000-0000-000000000003', 'Empty', NULL, '{}', NULL);
