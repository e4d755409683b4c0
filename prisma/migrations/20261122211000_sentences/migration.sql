-- What is told of problems and failures, as a sentence and its values: worded in the language of whoever reads it. Beside
-- it the Russian words stay, for SQL, the search and what was stored before.
ALTER TABLE "import_sessions" ADD COLUMN "error_sentence" JSONB;
ALTER TABLE "import_attempts" ADD COLUMN "error_sentence" JSONB;
ALTER TABLE "import_problems" ADD COLUMN "sentence" JSONB;
