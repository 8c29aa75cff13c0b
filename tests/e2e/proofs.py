"""Which test proves what of which kind of button, where a module looks at it in depth."""

from collections.abc import Mapping
from types import MappingProxyType

STRANGER, TWICE, RESTART = "by the wrong person", "twice at once", "after a restart"
CASES = (STRANGER, TWICE, RESTART)
PROVED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "question.CropButton": {
            STRANGER: "test_question.test_a_stranger_s_press_is_refused",
            RESTART: "test_question."
            "test_the_question_is_answered_after_a_restart_and_long_after_its_token",
        },
        "question.RenderButton": {
            STRANGER: "test_question.test_a_stranger_s_press_is_refused",
            TWICE: "test_question.test_render_pressed_twice_makes_one_job",
            RESTART: "test_question."
            "test_the_question_is_answered_after_a_restart_and_long_after_its_token",
        },
        "question.BetterButton": {
            STRANGER: "test_coach.test_a_stranger_s_press_changes_nothing",
            RESTART: "test_coach."
            "test_the_better_version_is_shown_and_made_only_when_its_member_says_so",
        },
        "question.RewriteButton": {
            STRANGER: "test_improve.test_a_stranger_can_have_nothing_rewritten",
            TWICE: "test_improve.test_twice_at_once_is_paid_for_once",
            RESTART: "test_improve.test_a_request_that_a_stop_cut_short_is_not_sent_again",
        },
        "question.PickButton": {
            STRANGER: "test_improve.test_a_stranger_can_pick_nothing",
            RESTART: "test_improve."
            "test_both_versions_are_kept_and_the_member_picks_also_after_a_restart",
        },
        "question.EditButton": {STRANGER: "test_coach.test_a_stranger_s_press_changes_nothing"},
        "question.NeverButton": {STRANGER: "test_question.test_a_stranger_s_press_is_refused"},
        "overlong.FirstPartButton": {
            STRANGER: "test_bad_input.test_somebody_else_cannot_press_the_button",
            RESTART: "test_bad_input.test_too_long_a_sound_offers_its_first_part",
        },
        "speaker.PortraitButton": {
            STRANGER: "test_notes_refused.test_nobody_gives_another_s_sound_a_face",
            RESTART: "test_notes_refused."
            "test_who_has_no_face_is_asked_for_one_even_after_a_restart",
        },
        "buttons.CancelButton": {
            STRANGER: "test_surface.test_a_stranger_cannot_cancel_and_a_started_job_stays",
            RESTART: "test_cards.test_the_button_in_a_list_works_after_a_restart",
        },
        "buttons.GetButton": {
            STRANGER: "test_claims.test_only_its_member_fetches_a_video",
            RESTART: "test_claims.test_before_its_token_dies_the_reply_gets_the_button",
        },
        "repeats.AgainButton": {
            STRANGER: "test_again.test_another_member_makes_it_again_with_their_own_credits",
            TWICE: "test_again.test_ten_presses_within_five_seconds_make_one_job",
            RESTART: "test_again.test_a_press_is_the_same_press_after_a_restart",
        },
        "repeats.RemixButton": {
            STRANGER: "test_again.test_a_picture_is_only_its_member_s_to_use_again",
            TWICE: "test_again."
            "test_two_different_remixes_at_once_are_two_jobs_and_two_alike_are_one",
            RESTART: "test_again.test_months_later_and_after_a_restart_both_buttons_still_work",
        },
        **{
            f"links.{each}Button": {
                RESTART: "test_page.test_its_maker_ends_and_renews_a_link_by_buttons"
            }
            for each in ("Renew", "Unlink")
        },
        "deletion.DeleteButton": {
            STRANGER: "test_delete.test_a_stranger_cannot_delete_and_cannot_confirm"
        },
        "deletion.EraseButton": {
            STRANGER: "test_delete.test_a_stranger_cannot_delete_and_cannot_confirm",
            TWICE: "test_delete.test_confirmed_twice_at_once_it_is_deleted_once",
            RESTART: "test_delete."
            "test_the_question_is_answered_after_a_restart_where_the_bot_may_delete",
        },
        "sharing.ShareButton": {
            STRANGER: "test_gallery.test_only_its_maker_or_a_moderator_publishes_and_takes_back",
            TWICE: "test_gallery.test_buttons_work_after_a_restart_and_twice_at_once_is_once",
            RESTART: "test_gallery.test_buttons_work_after_a_restart_and_twice_at_once_is_once",
        },
        "sharing.UnshareButton": {
            STRANGER: "test_gallery.test_only_its_maker_or_a_moderator_publishes_and_takes_back"
        },
        "sharing.VoteButton": {
            STRANGER: "test_gallery.test_one_vote_a_member_counts_on_the_button",
            TWICE: "test_gallery.test_buttons_work_after_a_restart_and_twice_at_once_is_once",
            RESTART: "test_gallery.test_buttons_work_after_a_restart_and_twice_at_once_is_once",
        },
        "reporting.ReportButton": {
            STRANGER: "test_moderation.test_a_private_video_is_for_the_host_to_judge"
        },
        "reporting.HideButton": {
            STRANGER: "test_moderation.test_members_decide_nothing_and_two_moderators_decide_once",
            RESTART: "test_moderation."
            "test_hide_reaches_the_post_the_card_and_every_list_and_can_be_undone",
        },
        "reporting.DismissButton": {
            STRANGER: "test_moderation.test_members_decide_nothing_and_two_moderators_decide_once",
            TWICE: "test_moderation.test_members_decide_nothing_and_two_moderators_decide_once",
        },
        "likeness.PortraitButton": {
            STRANGER: "test_portraits.test_nobody_sees_or_changes_another_s_portrait",
            TWICE: "test_portraits.test_presses_at_once_leave_the_card_as_the_portrait_is",
            RESTART: "test_portraits.test_the_crop_is_chosen_by_looking_and_stays_after_a_restart",
        },
        "own_settings.OwnSwitch": {
            TWICE: "test_settings.test_a_switch_pressed_twice_at_once_is_turned_once",
            RESTART: "test_settings."
            "test_own_settings_are_changed_where_they_are_read_also_after_a_restart",
        },
        "server_settings.ServerSwitch": {
            STRANGER: "test_settings.test_whoever_loses_the_right_changes_nothing_more",
            TWICE: "test_settings.test_two_managers_at_once_lose_neither_s_change",
        },
        "server_settings.ServerMenu": {
            STRANGER: "test_settings.test_whoever_loses_the_right_changes_nothing_more",
            TWICE: "test_settings.test_two_managers_at_once_lose_neither_s_change",
        },
        "server_settings.NumbersButton": {
            STRANGER: "test_settings.test_whoever_loses_the_right_changes_nothing_more"
        },
        **{
            f"workbench.{each}": {STRANGER: "test_builder.test_a_stranger_changes_nothing"}
            for each in ("SituationMenu", "PageButton", "WholeButton")
        },
        **{
            f"workbench.{each}": {
                STRANGER: "test_builder.test_a_stranger_changes_nothing",
                RESTART: "test_builder."
                "test_a_prompt_is_built_and_made_everywhere_with_restarts_between",
            }
            for each in ("PartMenu", "WriteButton")
        },
        "workbench.MakeButton": {
            STRANGER: "test_builder.test_a_stranger_changes_nothing",
            TWICE: "test_builder.test_make_pressed_twice_makes_one_video",
            RESTART: "test_builder."
            "test_a_prompt_is_built_and_made_everywhere_with_restarts_between",
        },
    }
)
