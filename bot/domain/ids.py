"""The names of things. Members, teams and channels carry Slack's own ids; the rest are numbers of our tables."""

from typing import NewType

TeamId = NewType("TeamId", str)
MemberId = NewType("MemberId", str)
ChannelId = NewType("ChannelId", str)
Timestamp = NewType("Timestamp", str)
"""Slack's message id within a channel: seconds and microseconds, such as "1772438400.000100"."""

ProgramId = NewType("ProgramId", int)
CircleId = NewType("CircleId", int)
SessionId = NewType("SessionId", int)
CommitmentId = NewType("CommitmentId", int)
RoundId = NewType("RoundId", int)
CallId = NewType("CallId", int)
PairId = NewType("PairId", int)
DraftId = NewType("DraftId", int)
IntroId = NewType("IntroId", int)
LetterId = NewType("LetterId", int)
MergerId = NewType("MergerId", int)
FeedId = NewType("FeedId", int)
BallotId = NewType("BallotId", int)
CircleRoundId = NewType("CircleRoundId", int)
GoalId = NewType("GoalId", int)
MilestoneId = NewType("MilestoneId", int)
IntroductionId = NewType("IntroductionId", int)
RelationshipId = NewType("RelationshipId", int)
MeetingId = NewType("MeetingId", int)
AgreementId = NewType("AgreementId", int)
StoryId = NewType("StoryId", int)
ThanksId = NewType("ThanksId", int)
ReleaseId = NewType("ReleaseId", int)
OutcomeId = NewType("OutcomeId", int)
