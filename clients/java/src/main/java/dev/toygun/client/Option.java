package dev.toygun.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that a call may be given besides what it needs, made by {@link Options}. Which call
 * takes it is in its type.
 */
public interface Option {
  /** What is sent of it, by name. */
  Map<String, @Nullable Object> sent();

  /** {@link Types#get} takes it. */
  interface TypeVersion extends Option {}

  /** {@link Resources#create} takes it. */
  interface Create extends Option {}

  /** {@link Resources#find} takes it. */
  interface Find extends Option {}

  /** {@link Resources#list} takes it. */
  interface Listed extends Option {}

  /** Every change takes it that asks for no more than a reason. */
  interface Because extends Option {}

  /** Every change of what has a version takes it. */
  interface Change extends Option {}

  /** {@link Resources#delete} takes it. */
  interface Delete extends Option {}

  /** {@link Resources#rewind} and {@link Tasks#rewind} take it. */
  interface Rewind extends Option {}

  /** {@link Resources#restart} takes it. */
  interface Restart extends Option {}

  /** What gives the moves of something takes it. */
  interface Moves extends Option {}

  /** Every list that has pages takes it. */
  interface Paged extends Option {}

  /** {@link Resources#availability} takes it. */
  interface Days extends Option {}

  /** {@link Resources#wait} takes it. */
  interface Wait extends Option {}

  /** {@link Tasks#wait} takes it. */
  interface TaskWait extends Option {}

  /** {@link Tasks#runs} takes it. */
  interface Runs extends Option {}

  /** {@link Events#follow} takes it. */
  interface Follow extends Option {}

  /** {@link Alarms#list} takes it. */
  interface AlarmList extends Option {}

  /** {@link Alarms#ack} takes it. */
  interface Ack extends Option {}

  /** {@link Errors#list} takes it. */
  interface ErrorList extends Option {}

  /** {@link Errors#groups} takes it. */
  interface Groups extends Option {}

  /** {@link Resources#hold} and {@link Breakers#open} take it. */
  interface Until extends Option {}

  /** {@link Resources#abandon} and {@link Alarms#lift} take it. */
  interface Version extends Option {}

  /** {@link Holds#create} takes it. */
  interface HoldOf extends Option {}

  /** {@link Usage#get} takes it. */
  interface Used extends Option {}

  /** {@link BulkRuns#create} takes it. */
  interface Many extends Option {}

  /** {@link BulkRuns#items} takes it. */
  interface Results extends Option {}

  /** {@link Sinks#create} takes it. */
  interface SinkSetting extends Option {}

  /** {@link Sinks#update} takes it. */
  interface SinkChange extends Option {}

  /** {@link Deliveries#list} takes it. */
  interface DeliveryList extends Option {}

  /** {@link Audit#list} takes it. */
  interface Recorded extends Option {}

  /** {@link Keys#create} takes it. */
  interface KeyLimit extends Option {}

  /** Made by {@code label}. */
  interface Label extends Create, Listed {}

  /** Made by {@code parent}. */
  interface Parent extends Create, Listed, Find {}

  /** Made by {@code reason}. */
  interface Reason
      extends Create,
          Because,
          Change,
          Delete,
          Rewind,
          Restart,
          Ack,
          Many,
          SinkSetting,
          SinkChange,
          KeyLimit {}

  /** Made by {@code state}. */
  interface State extends Listed, Rewind, Wait, AlarmList, DeliveryList {}

  /** Made by {@code ifMatch}. */
  interface IfMatch extends Change, Delete, Rewind, Restart, Ack, Version, SinkChange {}

  /** Made by {@code availability} and {@code ended}. */
  interface Availability extends Listed, Wait {}

  /** Made by {@code orderBy}. */
  interface OrderBy extends Listed, Moves {}

  /** Made by {@code pageSize}. */
  interface PageSize
      extends Listed, Runs, AlarmList, ErrorList, Results, DeliveryList, Recorded, Moves, Paged {}

  /** Made by {@code timeout}. */
  interface Timeout extends Wait, TaskWait {}

  /** Made by {@code task}. */
  interface OfTask extends Runs, Many {}

  /** Made by {@code since}. */
  interface Since extends Runs, Recorded {}

  /** Made by {@code until}. */
  interface UntilTime extends Runs, Recorded, Until, Ack, HoldOf {}

  /** Made by {@code resource}. */
  interface Resource extends Follow, AlarmList, ErrorList, HoldOf {}

  /** Made by {@code most}. */
  interface Most extends Groups, Used {}

  /** Made by {@code under}. */
  interface Under extends Used, SinkSetting, SinkChange, KeyLimit {}

  /** Made by {@code types}. */
  interface OfTypes extends SinkSetting, SinkChange, KeyLimit {}

  /** Made by {@code minSeverity} and {@code active}. */
  interface MinSeverity extends SinkSetting, SinkChange {}
}
