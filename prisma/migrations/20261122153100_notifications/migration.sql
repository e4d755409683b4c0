-- CreateEnum
CREATE TYPE "notify_channel" AS ENUM ('app', 'push', 'email', 'webhook');

-- CreateEnum
CREATE TYPE "notify_scope" AS ENUM ('none', 'mine', 'failures', 'all');

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "locale" TEXT NOT NULL DEFAULT 'ru';

-- CreateTable
CREATE TABLE "notification_settings" (
    "user_id" INTEGER NOT NULL,
    "app" "notify_scope" NOT NULL DEFAULT 'all',
    "push" "notify_scope" NOT NULL DEFAULT 'all',
    "email" "notify_scope" NOT NULL DEFAULT 'none',

    CONSTRAINT "notification_settings_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "push_subscriptions" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "endpoint" TEXT NOT NULL,
    "p256dh" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "push_subscriptions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhooks" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "url" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "scope" "notify_scope" NOT NULL DEFAULT 'all',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notifications" (
    "id" BIGSERIAL NOT NULL,
    "session_id" INTEGER,
    "user_id" INTEGER NOT NULL,
    "channel" "notify_channel" NOT NULL,
    "target_id" INTEGER NOT NULL DEFAULT 0,
    "status" "session_status",
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "read_at" TIMESTAMPTZ(3),
    "attempts" SMALLINT NOT NULL DEFAULT 0,
    "claimed_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "error" TEXT,
    "error_detail" TEXT,

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "secrets" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "secrets_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "push_subscriptions_endpoint_key" ON "push_subscriptions"("endpoint");

-- CreateIndex
CREATE INDEX "push_subscriptions_user_id_idx" ON "push_subscriptions"("user_id");

-- CreateIndex
CREATE INDEX "webhooks_user_id_idx" ON "webhooks"("user_id");

-- CreateIndex
CREATE INDEX "notifications_user_id_id_idx" ON "notifications"("user_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "notifications_session_id_user_id_channel_target_id_key" ON "notifications"("session_id", "user_id", "channel", "target_id");

-- AddForeignKey
ALTER TABLE "notification_settings" ADD CONSTRAINT "notification_settings_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "import_sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot say.

-- The bell asks for it at every page.
CREATE INDEX "notifications_unread" ON "notifications"("user_id") WHERE "channel" = 'app' AND "read_at" IS NULL;

-- Whoever settles a session, be it a worker, the recovery or a hand at the database: everybody who wants to hear of it
-- gets a row for each way, and a job that sends it, with the same commit. A trial run is told in the application only.
CREATE FUNCTION "notify_session_settled"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    added record;
BEGIN
    FOR added IN
        INSERT INTO notifications (session_id, user_id, channel, target_id, status)
        SELECT NEW.id, users.id, way.channel, way.target_id, NEW.status
        FROM users
        LEFT JOIN notification_settings AS chosen ON chosen.user_id = users.id
        CROSS JOIN LATERAL (
            SELECT 'app'::notify_channel, 0, coalesce(chosen.app, 'all')
            UNION ALL
            SELECT 'email', 0, coalesce(chosen.email, 'none')
            UNION ALL
            SELECT 'push', id, coalesce(chosen.push, 'all') FROM push_subscriptions WHERE user_id = users.id
            UNION ALL
            SELECT 'webhook', id, scope FROM webhooks WHERE user_id = users.id
        ) AS way (channel, target_id, scope)
        WHERE users.is_active
            -- Who cancelled it knows.
            AND (NEW.status <> 'CANCELLED' OR NEW.cancelled_by IS DISTINCT FROM users.id)
            AND (way.channel = 'app' OR NOT NEW.dry_run)
            -- Of somebody who may have none any more (webhooks.edit in lib/permissions.ts).
            AND (way.channel <> 'webhook' OR users.role <> 'VIEWER')
            AND CASE way.scope
                WHEN 'all' THEN true
                WHEN 'failures' THEN NEW.status = 'FAILED'
                WHEN 'mine' THEN NEW.created_by = users.id
                    OR EXISTS (SELECT FROM schedules WHERE id = NEW.schedule_id AND created_by = users.id)
                ELSE false
            END
        ORDER BY users.id, way.channel, way.target_id
        ON CONFLICT DO NOTHING
        RETURNING id, channel
    LOOP
        IF added.channel <> 'app' THEN
            PERFORM notify_add_job(added.id, added.channel);
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;

-- A queue a channel: a slow one holds up nobody else, and all of them together take three of the worker's slots.
CREATE FUNCTION "notify_add_job"(notification bigint, channel notify_channel) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM graphile_worker.add_job(
        'send_notification', json_build_object('notificationId', notification),
        queue_name := 'notify_' || channel, max_attempts := 8, priority := 10);
END
$$;

CREATE TRIGGER "import_sessions_settled" AFTER UPDATE OF "status" ON "import_sessions"
    FOR EACH ROW
    WHEN (OLD."status" IN ('STARTED', 'IN_PROGRESS') AND NEW."status" NOT IN ('STARTED', 'IN_PROGRESS'))
    EXECUTE FUNCTION "notify_session_settled"();

-- What became of a delivery is told to the open pages, on the channel of the migration «live».
CREATE FUNCTION "deliveries_notify"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('imports', '{"kind":"deliveries"}');
    RETURN NULL;
END
$$;
CREATE TRIGGER "notifications_notify" AFTER UPDATE OF "sent_at", "failed_at", "error" ON "notifications"
    FOR EACH STATEMENT EXECUTE FUNCTION "deliveries_notify"();
