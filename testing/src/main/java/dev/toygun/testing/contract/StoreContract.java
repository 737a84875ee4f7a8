package dev.toygun.testing.contract;

/**
 * Everything that a {@link dev.toygun.store.Store} keeps. Extend it, say how the store is reached,
 * and run it. The tests share one store, and each makes its own rows.
 */
public abstract class StoreContract
    implements MoveContract,
        WakeContract,
        SaidContract,
        SignalContract,
        StartContract,
        ChildContract,
        EndContract,
        FollowContract,
        DueContract,
        RelistContract,
        CommandsContract,
        PublishContract,
        RewindContract,
        AlarmFoldContract,
        AlarmFlapContract,
        RaisedAlarmContract,
        JudgementContract,
        TriggerContract,
        ScheduleContract,
        StuckContract,
        HoldContract,
        AdmissionContract,
        ApprovalContract,
        UsageContract,
        BreakerContract,
        BreakerTurnContract,
        BrakeContract,
        BulkContract,
        BulkHaltContract,
        AbandonContract,
        RetentionContract,
        PieceworkContract {}
