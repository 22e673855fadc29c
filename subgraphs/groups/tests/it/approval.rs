//! Claims of guests: undone, by a personal link, and with an approval.

use kit::Caller;
use serde_json::{Value, json};

use crate::fixture::{Fixture, code, id};

const UNDO: &str = "mutation ($id: ID!) { undoClaim(memberId: $id) { id name isGuest state user { id } } }";
const PERSONAL: &str =
    "mutation ($group: ID!, $guest: ID) { createInvite(groupId: $group, guestId: $guest) { token maxUses } }";
const PREVIEW: &str =
    "query ($token: String!) { invite(token: $token) { personal claimNeedsApproval guests { memberId } } }";
const REQUEST: &str = "mutation ($token: String!, $guest: ID!) { requestClaim(token: $token, memberId: $guest) }";
const APPROVE: &str = "mutation ($id: ID!) { approveClaim(id: $id) { id name isGuest } }";
const DECLINE: &str = "mutation ($id: ID!) { declineClaim(id: $id) { claimRequests { id } } }";
const WAITING: &str =
    "query ($id: ID!) { group(id: $id) { approveClaims claimRequests { id name guest { id name } user { id } } } }";

/// A group of Ada, who owns it, the member Cleo, and the guest Bob.
struct Story {
    fixture: Fixture,
    ada: Caller,
    cleo: Caller,
    robert: Caller,
    group: String,
    guest: String,
    token: String,
}

impl Story {
    async fn begin() -> Self {
        let fixture = Fixture::open().await;
        let (ada, cleo, robert) = (fixture.person("Ada"), fixture.person("Cleo"), fixture.person("Robert"));
        let group = fixture.pair(&ada, &cleo).await;
        let guest = id(&fixture.guest(&ada, &group, "Bob").await);
        let token = fixture.token(&ada, &group).await;
        Self { fixture, ada, cleo, robert, group, guest, token }
    }

    /// The same where claims need an approval.
    async fn with_approval() -> Self {
        let story = Self::begin().await;
        let version = story.fixture.read(&story.ada, &story.group).await["version"].clone();
        let update = "mutation ($input: UpdateGroupInput!) { updateGroup(input: $input) { approveClaims } }";
        let input = json!({ "id": story.group, "expectedVersion": version, "approveClaims": true });
        let updated = story.fixture.subgraph.data(&story.ada, update, json!({ "input": input })).await;
        assert_eq!(updated["updateGroup"]["approveClaims"], true);
        story
    }

    async fn personal(&self, by: &Caller) -> Value {
        let variables = json!({ "group": self.group, "guest": self.guest });
        self.fixture.subgraph.data(by, PERSONAL, variables).await["createInvite"].take()
    }

    async fn request(&self, by: &Caller) -> Value {
        self.fixture.subgraph.ask(by, REQUEST, json!({ "token": self.token, "guest": self.guest })).await
    }

    async fn waiting(&self, by: &Caller) -> Vec<Value> {
        let group = self.fixture.subgraph.data(by, WAITING, json!({ "id": self.group })).await["group"].take();
        assert_eq!(group["approveClaims"], true);
        group["claimRequests"].as_array().unwrap().clone()
    }

    async fn code(&self, by: &Caller, query: &str, id: &str) -> String {
        self.fixture.subgraph.code(by, query, json!({ "id": id })).await
    }
}

#[tokio::test]
async fn a_claim_that_is_undone_leaves_the_guest_and_no_trace_of_the_user() {
    let story = Story::begin().await;
    let Story { fixture, ada, cleo, robert, group, guest, token } = &story;
    fixture.join(robert, token, Some(guest)).await;
    let undoable = "query ($id: ID!) { group(id: $id) { members { id claimUndoableUntil } } }";
    let members = fixture.subgraph.data(ada, undoable, json!({ "id": group })).await["group"]["members"].take();
    let until: Vec<_> = members.as_array().unwrap().iter().map(|one| one["claimUndoableUntil"].is_string()).collect();
    assert_eq!(until, [false, false, true]);

    assert_eq!(story.code(&Caller::anonymous(), UNDO, guest).await, "UNAUTHENTICATED");
    assert_eq!(story.code(&fixture.person("Eve"), UNDO, guest).await, "MEMBER_NOT_FOUND");
    assert_eq!(story.code(cleo, UNDO, guest).await, "NOT_ALLOWED");
    let undone = fixture.subgraph.data(ada, UNDO, json!({ "id": guest })).await["undoClaim"].take();
    assert_eq!(undone, json!({ "id": guest, "name": "Bob", "isGuest": true, "state": "ACTIVE", "user": null }));
    assert_eq!(story.code(ada, UNDO, guest).await, "NOT_ALLOWED", "there is nothing to undo any more");
    assert_eq!(story.code(robert, "query ($id: ID!) { group(id: $id) { id } }", group).await, "GROUP_NOT_FOUND");

    // Whoever had claimed the guest by mistake joins as a new member, and the right one claims.
    let new = fixture.join(robert, token, None).await;
    assert_ne!(new["id"], json!(guest));
    assert_eq!(fixture.join(&fixture.person("Bobby"), token, Some(guest)).await["id"], json!(guest));
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_former_member_undoes_nothing() {
    let story = Story::begin().await;
    story.fixture.join(&story.robert, &story.token, Some(&story.guest)).await;
    story.fixture.leave(&story.cleo, &story.group).await;
    assert_eq!(story.code(&story.cleo, UNDO, &story.guest).await, "MEMBER_NOT_FOUND");
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_personal_link_claims_its_guest_and_nobody_else() {
    let story = Story::begin().await;
    let Story { fixture, ada, cleo, robert, group, guest, .. } = &story;
    let other = id(&fixture.guest(ada, group, "Dora").await);
    let invite = story.personal(cleo).await;
    let token = invite["token"].as_str().unwrap();
    assert_eq!(invite["maxUses"], 1);
    let shown = fixture.subgraph.data(&Caller::anonymous(), PREVIEW, json!({ "token": token })).await["invite"].take();
    assert_eq!(shown, json!({ "personal": true, "claimNeedsApproval": false, "guests": [{ "memberId": guest }] }));

    let refused = fixture.try_join(robert, token, Some(&other)).await;
    assert_eq!(refused["errors"][0]["extensions"]["field"], "claimMemberId");
    let member = fixture.join(robert, token, None).await;
    assert_eq!((&member["id"], &member["name"]), (&json!(guest), &json!("Robert")));
    assert_eq!(fixture.join(robert, token, None).await["id"], json!(guest), "a lost answer can be asked for again");
    assert_eq!(code(&fixture.try_join(&fixture.person("Eve"), token, None).await), "INVITE_NOT_FOUND");
    let shown = fixture.subgraph.data(&Caller::anonymous(), PREVIEW, json!({ "token": token })).await;
    assert!(shown["invite"].is_null());

    // There is no personal link for somebody who is no guest.
    let own = fixture.own_member(ada, group).await;
    for nobody in [own.as_str(), guest, "nonsense"] {
        let answer = fixture.subgraph.ask(ada, PERSONAL, json!({ "group": group, "guest": nobody })).await;
        assert_eq!(answer["errors"][0]["extensions"]["field"], "guestId", "{answer:#}");
    }
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn the_personal_link_of_a_guest_who_was_claimed_otherwise_leads_nowhere() {
    let story = Story::begin().await;
    let personal = story.personal(&story.ada).await;
    story.fixture.join(&story.robert, &story.token, Some(&story.guest)).await;
    let shown = story.fixture.subgraph.data(&Caller::anonymous(), PREVIEW, json!({ "token": personal["token"] })).await;
    assert!(shown["invite"].is_null());
    let late = story.fixture.try_join(&story.cleo, personal["token"].as_str().unwrap(), None).await;
    assert!(late["errors"].is_array());
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_claim_waits_for_an_owner_where_the_group_wants_that() {
    let story = Story::with_approval().await;
    let Story { fixture, ada, cleo, robert, guest, token, .. } = &story;
    let shown = fixture.subgraph.data(&Caller::anonymous(), PREVIEW, json!({ "token": token })).await["invite"].take();
    assert_eq!((&shown["claimNeedsApproval"], &shown["personal"]), (&json!(true), &json!(false)));
    assert_eq!(code(&fixture.try_join(robert, token, Some(guest)).await), "NOT_ALLOWED");
    assert_eq!(code(&story.request(&Caller::anonymous()).await), "UNAUTHENTICATED");
    assert_eq!(code(&story.request(cleo).await), "NOT_ALLOWED", "who is in the group is nobody else");
    for _ in 0..2 {
        assert_eq!(story.request(robert).await["data"]["requestClaim"], true);
    }

    let waiting = story.waiting(ada).await;
    assert_eq!(waiting.len(), 1, "the same request again is the one that waits");
    let user = json!({ "id": robert.user().unwrap().to_string() });
    assert_eq!((&waiting[0]["name"], &waiting[0]["user"]), (&json!("Robert"), &user));
    assert_eq!(waiting[0]["guest"], json!({ "id": guest, "name": "Bob" }));
    assert!(story.waiting(cleo).await.is_empty(), "only owners and admins are asked");

    let request = id(&waiting[0]);
    for (caller, expected) in [
        (Caller::anonymous(), "UNAUTHENTICATED"),
        (robert.clone(), "MEMBER_NOT_FOUND"),
        (fixture.person("Eve"), "MEMBER_NOT_FOUND"),
        (cleo.clone(), "NOT_ALLOWED"),
    ] {
        assert_eq!(story.code(&caller, APPROVE, &request).await, expected);
        assert_eq!(story.code(&caller, DECLINE, &request).await, expected);
    }
    let member = fixture.subgraph.data(ada, APPROVE, json!({ "id": request })).await["approveClaim"].take();
    assert_eq!(member, json!({ "id": guest, "name": "Robert", "isGuest": false }));
    assert!(story.waiting(ada).await.is_empty());
    assert_eq!(story.code(ada, APPROVE, &request).await, "MEMBER_NOT_FOUND");
    // What was approved by mistake can be undone like any claim.
    fixture.subgraph.data(ada, UNDO, json!({ "id": guest })).await;
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn of_two_who_ask_for_one_guest_one_gets_it_and_a_declined_one_may_ask_again() {
    let story = Story::with_approval().await;
    let Story { fixture, ada, robert, guest, .. } = &story;
    let eve = fixture.person("Eve");
    story.request(&eve).await;
    let of_eve = id(&story.waiting(ada).await[0]);
    let declined = fixture.subgraph.data(ada, DECLINE, json!({ "id": of_eve })).await;
    assert_eq!(declined["declineClaim"]["claimRequests"], json!([]));
    story.request(&eve).await;
    story.request(robert).await;
    let waiting = story.waiting(ada).await;
    assert_eq!(waiting.len(), 2);

    let approvals = waiting.iter().map(|one| fixture.subgraph.ask(ada, APPROVE, json!({ "id": one["id"] })));
    let answers = futures::future::join_all(approvals).await;
    let refused: Vec<_> = answers.iter().filter(|answer| answer.get("errors").is_some()).collect();
    assert_eq!(refused.len(), 1, "{answers:#?}");
    assert_eq!(code(refused[0]), "MEMBER_NOT_FOUND");
    assert!(story.waiting(ada).await.is_empty());
    assert_eq!(fixture.read(ada, &story.group).await["members"].as_array().unwrap().len(), 3);
    assert_eq!(fixture.read(ada, &story.group).await["members"][2]["id"], json!(guest));
    story.fixture.subgraph.close().await;
}

#[tokio::test]
async fn a_personal_link_needs_no_approval_if_one_who_could_approve_has_made_it() {
    let story = Story::with_approval().await;
    let (by_member, by_owner) = (story.personal(&story.cleo).await, story.personal(&story.ada).await);
    let join = |invite: &Value| invite["token"].as_str().unwrap().to_owned();
    assert_eq!(code(&story.fixture.try_join(&story.robert, &join(&by_member), None).await), "NOT_ALLOWED");
    let member = story.fixture.join(&story.robert, &join(&by_owner), None).await;
    assert_eq!(member["id"], json!(story.guest));
    story.fixture.subgraph.close().await;
}
