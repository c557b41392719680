DROP VIEW ones;
