-- Records of refusals are a ring for each holder, lest one that is refused all day fills the disk:
-- how many there are, and how many have given way.
ALTER TABLE refusal_held_bytes ADD COLUMN records INTEGER NOT NULL DEFAULT 0;
ALTER TABLE refusal_held_bytes ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
INSERT INTO refusal_held_bytes (holder, bytes, records)
    SELECT holder, 0, count(*) FROM refusal WHERE true GROUP BY holder
    ON CONFLICT (holder) DO UPDATE SET records = excluded.records;
CREATE INDEX refusal_holder ON refusal (holder, number);
